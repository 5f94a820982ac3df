"""Every rule of the chapter keeps the contract."""

import airplan_ambient
import airplan_qinyang
import airplan_targets
from airplan_core.testing import contract

TestContract = contract(airplan_targets, needs=[airplan_ambient, airplan_qinyang])
