// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.catalogue;

import dev.gtmroutes.sandbox.checks.BodyForm;
import dev.gtmroutes.sandbox.checks.EndpointForm;
import dev.gtmroutes.sandbox.server.Summary;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the sandbox's data files are read into, and what its pages are written from. A native image would leave it out. */
@RegisterForReflection(targets = {BodyForm.class, BodyPattern.class, Endpoint.class, EndpointForm.class, PathTemplate.class,
        Summary.class, Vendor.class}, classNames = "dev.gtmroutes.sandbox.checks.AttributeRule")
final class DataClasses {
}
