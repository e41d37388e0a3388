// SPDX-License-Identifier: Apache-2.0
/** The end of life of what is in a data directory: how long it is kept, and the janitor that removes it. */
package dev.gtmroutes.retention;
