"""Sample organisations, told by the product's own actions, so that everything in them happened as it would have."""
