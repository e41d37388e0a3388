// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import java.util.Collection;
import java.util.List;

/** Compares what programs asked for with what a native image of them would hold. */
final class NativeCheck {

    private final NativeConfig config;

    NativeCheck(NativeConfig config) {
        this.config = config;
    }

    /** What was asked for and would not be there. */
    List<Use> missing(Collection<Use> uses) {
        return uses.stream().filter(this::isNeeded).filter(use -> !isThere(use)).toList();
    }

    /** What a native image has to hold of what was asked for. */
    boolean isNeeded(Use use) {
        return use.context().stream().allMatch(config::isInitializedLater) && !NotNeeded.covers(use);
    }

    private boolean isThere(Use use) {
        return switch (use.kind()) {
            case CLASS -> config.hasClass(use.name());
            case RESOURCE -> config.hasResource(use.name());
            case BUNDLE -> config.hasBundle(use.name());
            case PROXY -> config.hasProxy(use.name());
            case METHOD -> config.registered(use.type()).hasMethod(use.member());
            case CONSTRUCTOR -> config.registered(use.type()).hasConstructor();
            case FIELD -> config.registered(use.type()).hasField(use.member());
            case WRITTEN, READ -> config.registered(use.type()).isWhole();
            case SERIALIZED -> config.isSerialized(use.name());
        };
    }
}
