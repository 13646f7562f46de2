"""The clinic's messaging numbers and pages: SMS, WhatsApp, Telegram and Messenger."""
