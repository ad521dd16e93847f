"""What people do together: good practices, and the regions that adopt them."""
