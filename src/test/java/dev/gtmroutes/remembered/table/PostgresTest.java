// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered.table;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests with a database of their own, in which nothing is remembered before each of them. */
public abstract class PostgresTest {

    /** Started; null where it is not installed. */
    protected static Postgres postgres;

    @BeforeAll
    static void startDatabase() {
        postgres = new Postgres();
    }

    @AfterAll
    static void endDatabase() {
        if (postgres != null) {
            postgres.close();
            postgres = null;
        }
    }

    @BeforeEach
    void forgetAll() throws Exception {
        postgres.execute("drop table if exists gtm_delivered_forms, gtm_delivered_destinations");
    }
}
