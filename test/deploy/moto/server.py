# moto as a server on a free port of loopback, whose number it prints. It asks no linter about templates, whose warnings it would
# take for errors; leaves out of lists what it makes nothing of; makes the aliases of functions that a template has; and takes
# note of termination protection.
from contextlib import suppress

import moto.cloudformation.models as models
import moto.cloudformation.utils as utils
from moto.awslambda.exceptions import UnknownFunctionException
from moto.awslambda.models import LambdaVersion, lambda_backends
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.common_models import CloudFormationModel
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server


def no_findings(template):
    return []


utils.validate_template_cfn_lint = no_findings
models.validate_template_cfn_lint = no_findings

every_resource = models.Stack.stack_resources.fget
models.Stack.stack_resources = property(lambda stack: [one for one in every_resource(stack) if one is not None])


LambdaVersion.get_cfn_attribute = lambda version, attribute: str(version.version)


class Alias(CloudFormationModel):
    # It finds its models by the package that they are in.
    __module__ = "moto.awslambda.models"

    def __init__(self, arn, function_name, name):
        self.physical_resource_id = arn
        self.function_name = function_name
        self.name = name

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::Lambda::Alias"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        function_name, name = properties["FunctionName"], properties["Name"]
        backend = lambda_backends[account_id][region_name]
        alias = backend.create_alias(name, function_name, properties["FunctionVersion"], "", None)
        return cls(alias.arn, function_name, name)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, *args, **kwargs):
        return original_resource

    def delete(self, account_id, region_name):
        # A function that is gone has taken it along.
        with suppress(UnknownFunctionException):
            lambda_backends[account_id][region_name].delete_alias(self.name, self.function_name)


def update_termination_protection(self):
    name = self._get_param("StackName")
    return (
        "<UpdateTerminationProtectionResponse><UpdateTerminationProtectionResult>"
        f"<StackId>{name}</StackId>"
        "</UpdateTerminationProtectionResult></UpdateTerminationProtectionResponse>"
    )


CloudFormationResponse.update_termination_protection = update_termination_protection

server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
print(server.port, flush=True)
server.serve_forever()
