#pragma once
int regulars_assets_stub(void);
