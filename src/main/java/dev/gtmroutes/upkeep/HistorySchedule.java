// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.upkeep;

import dev.gtmroutes.history.History;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Lets the program have its {@link History}. */
@Singleton
public class HistorySchedule {

    private final History history = new History();

    @Produces
    @Singleton
    History history() {
        return history;
    }
}
