"""What every page shares: base page, blocks, pictures, Vietnamese text and dates, content files, health."""
