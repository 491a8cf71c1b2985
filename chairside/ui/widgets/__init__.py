"""What can be seen and touched; these parts know no visit and no form."""
