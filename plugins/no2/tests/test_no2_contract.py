"""Every rule of the chapter keeps the contract."""

import airplan_ambient
import airplan_no2
import airplan_pm25
import airplan_qinyang
from airplan_core.testing import contract

TestContract = contract(airplan_no2, needs=[airplan_pm25, airplan_ambient, airplan_qinyang])
