"""Every rule of the chapter keeps the contract."""

from airplan_core.testing import contract

TestContract = contract("safeguards", needs=["qinyang"])
