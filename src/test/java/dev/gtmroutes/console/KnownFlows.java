package dev.gtmroutes.console;

import java.util.Set;

import dev.gtmroutes.flow.Flows;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** Stands in for the flows of a running program; for profiles that enable it. */
@Alternative
@Singleton
public class KnownFlows extends Flows {

    static final Set<String> IDS = Set.of("calls", "one-by-one", "at-once", "forms", "large", "broken", "cut", "full");

    @Override
    public boolean knows(String id) {
        return IDS.contains(id);
    }
}
