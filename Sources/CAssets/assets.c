#include "CAssets.h"
int regulars_assets_stub(void) { return 0; }
