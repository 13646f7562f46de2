"""What the assistant says and knows, kept as YAML that a therapist can edit."""
