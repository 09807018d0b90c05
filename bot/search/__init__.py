"""Finding articles: an index that is derived from the store and rebuilt where it is missing."""
