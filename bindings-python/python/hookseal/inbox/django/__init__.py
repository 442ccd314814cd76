"""The inbox as a Django app: its tables as a migration, and a page of the admin.

    INSTALLED_APPS = [..., "hookseal.inbox.django"]
    HOOKSEAL_INBOX = "shop.webhooks.inbox"  # where your Inbox is, for the admin's actions
"""
