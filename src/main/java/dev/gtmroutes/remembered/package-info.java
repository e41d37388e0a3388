// SPDX-License-Identifier: Apache-2.0
/**
 * What destinations with {@code onlyChanged} were sent last: for each key of a record, the form in which it was delivered.
 * On the disk, for tens of millions of keys.
 */
package dev.gtmroutes.remembered;
