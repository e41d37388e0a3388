package dev.gtmroutes.access;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a person may do. The name of a role is also the name that its holder logs in with. */
public enum Role {

    /** Sees everything but changes nothing. */
    VIEWER,
    /** Sees and changes everything. */
    OPERATOR;

    /** As it is written, such as {@code operator}. */
    @Override
    public String toString() {
        return name().toLowerCase();
    }

    /** The names of this role and of those it includes. */
    Set<String> names() {
        return this == OPERATOR ? Set.of(OPERATOR.toString(), VIEWER.toString()) : Set.of(VIEWER.toString());
    }

    static Optional<Role> of(String name) {
        return Stream.of(values()).filter(each -> each.toString().equals(name)).findFirst();
    }
}
