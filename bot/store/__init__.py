"""What is remembered, in Redis or Valkey."""
