"""Home page, sections, plain pages, navigation and site settings."""
