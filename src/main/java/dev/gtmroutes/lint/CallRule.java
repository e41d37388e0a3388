package dev.gtmroutes.lint;

/** A rule for the call of a Kamelet that exists. */
interface CallRule {

    void check(EndpointCall call, KameletDefinition kamelet, Report report);
}
