"""Made-up hands: signatures and slips that no person ever wrote, for every test that needs ink."""
