// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import dev.gtmroutes.record.SourceRecord;

/** The records of one form, in their order. */
interface Records {

    /** The next record that is not skipped, or null behind the last one. */
    SourceRecord read();
}
