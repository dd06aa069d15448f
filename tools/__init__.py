"""What builds, runs and checks the project. Nothing here is deployed."""
