"""The PM2.5 chapter keeps the contract of every plugin."""

import airplan_ambient
import airplan_pm25
import airplan_qinyang
from airplan_core.testing import contract

TestContract = contract(airplan_pm25, needs=[airplan_ambient, airplan_qinyang])
