"""The site as data: feeds, sitemap, robots."""
