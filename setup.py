"""The one thing pyproject.toml can't say: resources/ lies beside the package and is installed inside it."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["console*"]), "console.resources"],
    package_dir={"console.resources": "resources"},
    package_data={"console": ["py.typed"], "console.resources": ["**/*"]},
)
