// Written by bin/assets. Run it after touching Assets/; do not edit.
#include "CAssets.h"

static const unsigned char asset_0[] = {  // 12e95ae74009ccac
#embed "../../Assets/icons/mark.svg" suffix(, )
    0};
static const unsigned char asset_1[] = {  // 341f98faa6494126
#embed "../../Assets/languages/de.txt" suffix(, )
    0};
static const unsigned char asset_2[] = {  // 80f3be23345077a7
#embed "../../Assets/languages/de/advocacy.txt" suffix(, )
    0};
static const unsigned char asset_3[] = {  // 6fd5422232797f8e
#embed "../../Assets/languages/de/filters.txt" suffix(, )
    0};
static const unsigned char asset_4[] = {  // eaeca99e9153519e
#embed "../../Assets/languages/de/findings.txt" suffix(, )
    0};
static const unsigned char asset_5[] = {  // e0e296531dfcb678
#embed "../../Assets/languages/de/holds.txt" suffix(, )
    0};
static const unsigned char asset_6[] = {  // ffb1d9dbc75616f1
#embed "../../Assets/languages/de/merging.txt" suffix(, )
    0};
static const unsigned char asset_7[] = {  // d7eebdcca5f313f8
#embed "../../Assets/languages/de/offers.txt" suffix(, )
    0};
static const unsigned char asset_8[] = {  // db689248f7bb1227
#embed "../../Assets/languages/de/persons.txt" suffix(, )
    0};
static const unsigned char asset_9[] = {  // d4a69780b66bb1b5
#embed "../../Assets/languages/de/relations.txt" suffix(, )
    0};
static const unsigned char asset_10[] = {  // eabad30410474377
#embed "../../Assets/languages/de/touch.txt" suffix(, )
    0};
static const unsigned char asset_11[] = {  // e13663e01e1058cd
#embed "../../Assets/languages/de/visits.txt" suffix(, )
    0};
static const unsigned char asset_12[] = {  // 16c89b54bdc14ab3
#embed "../../Assets/languages/de/walks.txt" suffix(, )
    0};
static const unsigned char asset_13[] = {  // 2c327aa4c35dbc6f
#embed "../../Assets/languages/en.txt" suffix(, )
    0};
static const unsigned char asset_14[] = {  // 21590cd292c02738
#embed "../../Assets/languages/en/advocacy.txt" suffix(, )
    0};
static const unsigned char asset_15[] = {  // 10ac0c2ea0c213f6
#embed "../../Assets/languages/en/filters.txt" suffix(, )
    0};
static const unsigned char asset_16[] = {  // 8598b522e4f192c5
#embed "../../Assets/languages/en/findings.txt" suffix(, )
    0};
static const unsigned char asset_17[] = {  // e850ec66157a6fcf
#embed "../../Assets/languages/en/holds.txt" suffix(, )
    0};
static const unsigned char asset_18[] = {  // 48c8f1595477758e
#embed "../../Assets/languages/en/merging.txt" suffix(, )
    0};
static const unsigned char asset_19[] = {  // 08f6c7bbc24891de
#embed "../../Assets/languages/en/offers.txt" suffix(, )
    0};
static const unsigned char asset_20[] = {  // 08d8cf39818d06af
#embed "../../Assets/languages/en/persons.txt" suffix(, )
    0};
static const unsigned char asset_21[] = {  // 96e6a625b7055b01
#embed "../../Assets/languages/en/relations.txt" suffix(, )
    0};
static const unsigned char asset_22[] = {  // 48c4774a1f33c112
#embed "../../Assets/languages/en/touch.txt" suffix(, )
    0};
static const unsigned char asset_23[] = {  // 8218c005ded24862
#embed "../../Assets/languages/en/visits.txt" suffix(, )
    0};
static const unsigned char asset_24[] = {  // 0c92b63d652cf2e8
#embed "../../Assets/languages/en/walks.txt" suffix(, )
    0};
static const unsigned char asset_25[] = {  // 937b3b954e1ad872
#embed "../../Assets/scripts/00-regulars.js" suffix(, )
    0};
static const unsigned char asset_26[] = {  // 60e0649f32d4c887
#embed "../../Assets/scripts/confirm.js" suffix(, )
    0};
static const unsigned char asset_27[] = {  // e37418e08f8caf2d
#embed "../../Assets/scripts/desired.js" suffix(, )
    0};
static const unsigned char asset_28[] = {  // 60618e838cc6b470
#embed "../../Assets/scripts/keys.js" suffix(, )
    0};
static const unsigned char asset_29[] = {  // 0029bcc225f64858
#embed "../../Assets/scripts/live.js" suffix(, )
    0};
static const unsigned char asset_30[] = {  // d095e6edbbfb05d0
#embed "../../Assets/scripts/progress.js" suffix(, )
    0};
static const unsigned char asset_31[] = {  // 411679fd44b88147
#embed "../../Assets/scripts/theme.js" suffix(, )
    0};
static const unsigned char asset_32[] = {  // 63bd69f0117f53bf
#embed "../../Assets/scripts/typeahead.js" suffix(, )
    0};
static const unsigned char asset_33[] = {  // 7f0c1ef48a85fed8
#embed "../../Assets/styles/10-tokens.css" suffix(, )
    0};
static const unsigned char asset_34[] = {  // d22bd051918cfb25
#embed "../../Assets/styles/20-base.css" suffix(, )
    0};
static const unsigned char asset_35[] = {  // 8a6d74933c438c87
#embed "../../Assets/styles/30-shell.css" suffix(, )
    0};
static const unsigned char asset_36[] = {  // 4c5db63c53939fb4
#embed "../../Assets/styles/40-controls.css" suffix(, )
    0};
static const unsigned char asset_37[] = {  // b657a8200e682a1f
#embed "../../Assets/styles/50-pieces.css" suffix(, )
    0};
static const unsigned char asset_38[] = {  // 321bf1478684b36a
#embed "../../Assets/styles/60-profile.css" suffix(, )
    0};
static const unsigned char asset_39[] = {  // f0f4c1d8bdc8925a
#embed "../../Assets/styles/60-tables.css" suffix(, )
    0};
static const unsigned char asset_40[] = {  // c7f0a356ba3d114d
#embed "../../Assets/styles/65-economics.css" suffix(, )
    0};
static const unsigned char asset_41[] = {  // 9445371a64eace71
#embed "../../Assets/styles/65-nps.css" suffix(, )
    0};
static const unsigned char asset_42[] = {  // fec2160daacb7266
#embed "../../Assets/styles/66-customer.css" suffix(, )
    0};
static const unsigned char asset_43[] = {  // 9e2c375d2f06e9ed
#embed "../../Assets/styles/66-filters.css" suffix(, )
    0};
static const unsigned char asset_44[] = {  // 3ab3693f9cef9495
#embed "../../Assets/styles/66-findings.css" suffix(, )
    0};
static const unsigned char asset_45[] = {  // 00dae5e7c43cd358
#embed "../../Assets/styles/66-holds.css" suffix(, )
    0};
static const unsigned char asset_46[] = {  // 0fb40d727033164b
#embed "../../Assets/styles/66-merging.css" suffix(, )
    0};
static const unsigned char asset_47[] = {  // 6c6883f16c7a0742
#embed "../../Assets/styles/66-offers.css" suffix(, )
    0};
static const unsigned char asset_48[] = {  // a3ffe5677840866b
#embed "../../Assets/styles/66-persons.css" suffix(, )
    0};
static const unsigned char asset_49[] = {  // 1f24a89fcf999fe4
#embed "../../Assets/styles/66-relations.css" suffix(, )
    0};
static const unsigned char asset_50[] = {  // c986d3e70c405294
#embed "../../Assets/styles/67-advocates.css" suffix(, )
    0};
static const unsigned char asset_51[] = {  // 6ca4506e64addc37
#embed "../../Assets/styles/67-walks.css" suffix(, )
    0};
static const unsigned char asset_52[] = {  // 222e7a5ad04a974e
#embed "../../Assets/styles/68-visits.css" suffix(, )
    0};
static const unsigned char asset_53[] = {  // af4c1628a1d82524
#embed "../../Assets/styles/70-dialogs.css" suffix(, )
    0};
static const unsigned char asset_54[] = {  // a4ed742abed1e23e
#embed "../../Assets/styles/75-figure.css" suffix(, )
    0};
static const unsigned char asset_55[] = {  // 3b8a8b5ed2d9fd49
#embed "../../Assets/styles/90-narrow.css" suffix(, )
    0};
static const unsigned char asset_56[] = {  // a46ec38f8379e438
#embed "../../Assets/styles/95-print.css" suffix(, )
    0};

const struct regulars_asset regulars_assets[] = {
    {"icons/mark.svg", asset_0, sizeof asset_0 - 1},
    {"languages/de.txt", asset_1, sizeof asset_1 - 1},
    {"languages/de/advocacy.txt", asset_2, sizeof asset_2 - 1},
    {"languages/de/filters.txt", asset_3, sizeof asset_3 - 1},
    {"languages/de/findings.txt", asset_4, sizeof asset_4 - 1},
    {"languages/de/holds.txt", asset_5, sizeof asset_5 - 1},
    {"languages/de/merging.txt", asset_6, sizeof asset_6 - 1},
    {"languages/de/offers.txt", asset_7, sizeof asset_7 - 1},
    {"languages/de/persons.txt", asset_8, sizeof asset_8 - 1},
    {"languages/de/relations.txt", asset_9, sizeof asset_9 - 1},
    {"languages/de/touch.txt", asset_10, sizeof asset_10 - 1},
    {"languages/de/visits.txt", asset_11, sizeof asset_11 - 1},
    {"languages/de/walks.txt", asset_12, sizeof asset_12 - 1},
    {"languages/en.txt", asset_13, sizeof asset_13 - 1},
    {"languages/en/advocacy.txt", asset_14, sizeof asset_14 - 1},
    {"languages/en/filters.txt", asset_15, sizeof asset_15 - 1},
    {"languages/en/findings.txt", asset_16, sizeof asset_16 - 1},
    {"languages/en/holds.txt", asset_17, sizeof asset_17 - 1},
    {"languages/en/merging.txt", asset_18, sizeof asset_18 - 1},
    {"languages/en/offers.txt", asset_19, sizeof asset_19 - 1},
    {"languages/en/persons.txt", asset_20, sizeof asset_20 - 1},
    {"languages/en/relations.txt", asset_21, sizeof asset_21 - 1},
    {"languages/en/touch.txt", asset_22, sizeof asset_22 - 1},
    {"languages/en/visits.txt", asset_23, sizeof asset_23 - 1},
    {"languages/en/walks.txt", asset_24, sizeof asset_24 - 1},
    {"scripts/00-regulars.js", asset_25, sizeof asset_25 - 1},
    {"scripts/confirm.js", asset_26, sizeof asset_26 - 1},
    {"scripts/desired.js", asset_27, sizeof asset_27 - 1},
    {"scripts/keys.js", asset_28, sizeof asset_28 - 1},
    {"scripts/live.js", asset_29, sizeof asset_29 - 1},
    {"scripts/progress.js", asset_30, sizeof asset_30 - 1},
    {"scripts/theme.js", asset_31, sizeof asset_31 - 1},
    {"scripts/typeahead.js", asset_32, sizeof asset_32 - 1},
    {"styles/10-tokens.css", asset_33, sizeof asset_33 - 1},
    {"styles/20-base.css", asset_34, sizeof asset_34 - 1},
    {"styles/30-shell.css", asset_35, sizeof asset_35 - 1},
    {"styles/40-controls.css", asset_36, sizeof asset_36 - 1},
    {"styles/50-pieces.css", asset_37, sizeof asset_37 - 1},
    {"styles/60-profile.css", asset_38, sizeof asset_38 - 1},
    {"styles/60-tables.css", asset_39, sizeof asset_39 - 1},
    {"styles/65-economics.css", asset_40, sizeof asset_40 - 1},
    {"styles/65-nps.css", asset_41, sizeof asset_41 - 1},
    {"styles/66-customer.css", asset_42, sizeof asset_42 - 1},
    {"styles/66-filters.css", asset_43, sizeof asset_43 - 1},
    {"styles/66-findings.css", asset_44, sizeof asset_44 - 1},
    {"styles/66-holds.css", asset_45, sizeof asset_45 - 1},
    {"styles/66-merging.css", asset_46, sizeof asset_46 - 1},
    {"styles/66-offers.css", asset_47, sizeof asset_47 - 1},
    {"styles/66-persons.css", asset_48, sizeof asset_48 - 1},
    {"styles/66-relations.css", asset_49, sizeof asset_49 - 1},
    {"styles/67-advocates.css", asset_50, sizeof asset_50 - 1},
    {"styles/67-walks.css", asset_51, sizeof asset_51 - 1},
    {"styles/68-visits.css", asset_52, sizeof asset_52 - 1},
    {"styles/70-dialogs.css", asset_53, sizeof asset_53 - 1},
    {"styles/75-figure.css", asset_54, sizeof asset_54 - 1},
    {"styles/90-narrow.css", asset_55, sizeof asset_55 - 1},
    {"styles/95-print.css", asset_56, sizeof asset_56 - 1},
    {0, 0, 0},
};

const unsigned long regulars_asset_count = 57;
