"""The way in: facts, rosters and catalogues are staged, merged and rolled up, each load in one transaction."""
