"""The product's addresses, and those of its peers."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from bench.peers.lists import HouseholdViewSet, by_hand
from config.urls import urlpatterns as product

router = SimpleRouter()
router.register("households", HouseholdViewSet, basename="peer")

urlpatterns = [path("bench/peer/", include(router.urls)), path("bench/limit/", by_hand), *product]
