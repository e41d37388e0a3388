package dev.gtmroutes.sandbox;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the sandbox's data files are read into, and what its pages are written from. A native image would leave it out. */
@RegisterForReflection(targets = {BodyForm.class, BodyTemplate.class, Endpoint.class, Form.class, PathTemplate.class,
        Summary.class, Vendor.class})
final class DataClasses {
}
