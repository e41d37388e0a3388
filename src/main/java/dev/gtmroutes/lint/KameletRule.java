package dev.gtmroutes.lint;

/** A rule for the file of a Kamelet. */
interface KameletRule {

    void check(KameletDefinition kamelet, Report report);
}
