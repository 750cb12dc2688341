"""What the reachability page is made of."""
