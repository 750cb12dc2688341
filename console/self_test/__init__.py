"""The program proves that it is whole: ``wcn --self-test``, from source and as it was packed.

It is what a person runs who doubts an installation, and what every build of a package must pass.
"""
