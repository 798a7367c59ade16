// Written by bin/assets. Run it after touching Assets/; do not edit.
#include "CAssets.h"

static const unsigned char asset_0[] = {  // 12e95ae74009ccac
#embed "../../Assets/icons/mark.svg" suffix(, )
    0};
static const unsigned char asset_1[] = {  // 4ea59936f75f3999
#embed "../../Assets/languages/de.txt" suffix(, )
    0};
static const unsigned char asset_2[] = {  // e80f2bee81c6cb1b
#embed "../../Assets/languages/en.txt" suffix(, )
    0};
static const unsigned char asset_3[] = {  // 9f65d2c93e18fb70
#embed "../../Assets/styles/figure.css" suffix(, )
    0};

const struct regulars_asset regulars_assets[] = {
    {"icons/mark.svg", asset_0, sizeof asset_0 - 1},
    {"languages/de.txt", asset_1, sizeof asset_1 - 1},
    {"languages/en.txt", asset_2, sizeof asset_2 - 1},
    {"styles/figure.css", asset_3, sizeof asset_3 - 1},
    {0, 0, 0},
};

const unsigned long regulars_asset_count = 4;
