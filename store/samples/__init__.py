"""The demo town: invented zones, units and problems, and a generator that grows it to any size."""

from store.samples.building import DemoSize, build_demo

__all__ = ["DemoSize", "build_demo"]
