"""The action plan: goals with every version kept, reviews, and two ways of thinking a goal through."""
