"""What a copied text is, as pure functions: masked sentences, sampled grams, the spread of one text over another, aligned sentences."""
