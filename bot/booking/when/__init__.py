"""When somebody would like to come, read from their own words, in English and Spanish.

`words` makes the text plain, `days` and `hours` read it, `reading` puts both together. Dates with a month
and distances ("in 10 days") are left to the library dateparser. Of the libraries compared on requests for
appointments it is the one that is well kept and knows both languages; what all of them lack (weeks, ranges,
refusals, parts of the day, hours without "am") is read here.
"""

from bot.booking.when.reading import Reading, combine, read_when
from bot.booking.when.values import Doubt

__all__ = ["Doubt", "Reading", "combine", "read_when"]
