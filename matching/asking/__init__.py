"""What the engine is asked: people, answers, criteria and rules become an instance, and it is solved and checked."""
