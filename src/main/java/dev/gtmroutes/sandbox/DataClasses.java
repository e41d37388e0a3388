package dev.gtmroutes.sandbox;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the sandbox's data files are read into. A native image would leave their constructors out. */
@RegisterForReflection(targets = {BodyForm.class, BodyTemplate.class, Endpoint.class, Form.class, PathTemplate.class,
        Vendor.class})
final class DataClasses {
}
