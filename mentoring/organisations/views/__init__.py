"""Pages of the front door, of an organisation and of the platform."""
