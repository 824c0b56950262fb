# moto as a server on a free port of loopback, whose number it prints. It asks no linter about templates, whose warnings it would
# take for errors; leaves out of lists what it makes nothing of; and takes note of termination protection.
import moto.cloudformation.models as models
import moto.cloudformation.utils as utils
from moto.cloudformation.responses import CloudFormationResponse
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server


def no_findings(template):
    return []


utils.validate_template_cfn_lint = no_findings
models.validate_template_cfn_lint = no_findings

every_resource = models.Stack.stack_resources.fget
models.Stack.stack_resources = property(lambda stack: [one for one in every_resource(stack) if one is not None])


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
