"""Who wants this article: words, queries and the index of queries. Pure."""
