"""Fields, techniques, products, localities, audiences, and the people around items."""
