"""Components that Rasa's graph loads: thin, each asks one plain object."""
