//! The kinds of finding this stage reports.

crate::codes! {
    /// A file that has no meaning where it lies.
    STRAY_FILE = "QD3001", "stray-file", Warning, adjustable, "0.1.0",
        "文件放错了地方，没有读取", "A file that is not read where it lies";
    /// A folder with lists but without `place.yaml`.
    MISSING_PLACE_FILE = "QD3002", "missing-place-file", Error, fixed, "0.1.0",
        "这个文件夹里有清单，却没有 place.yaml", "A folder has lists but no place.yaml";
    /// A service adopted from nowhere.
    UNKNOWN_ADOPTION = "QD3003", "unknown-adoption", Error, fixed, "0.1.0",
        "照录的项目在对照的清单里找不到", "An adopted service that the baseline does not have";
    /// An edition measured against one that does not exist.
    UNKNOWN_BASELINE = "QD3004", "unknown-baseline", Error, fixed, "0.1.0",
        "对照的清单不存在", "The edition to measure against does not exist";
    /// A file with nothing in it.
    EMPTY_FILE = "QD3005", "empty-file", Error, fixed, "0.1.0",
        "文件是空的", "A file has nothing in it";
    /// Baselines that stand above each other.
    CIRCULAR_BASELINE = "QD3006", "circular-baseline", Error, fixed, "0.1.0",
        "几份清单互相对照，绕成一圈", "Editions are measured against each other in a circle";
    /// A folder or file whose name cannot be part of an address.
    INVALID_NAME = "QD3007", "invalid-name", Error, fixed, "0.1.0",
        "文件夹名或文件名不能用作网址", "The name of a folder or file cannot be part of an address";
    /// An issued edition that is not as it was issued.
    CHANGED_EDITION = "QD3008", "changed-edition", Error, fixed, "0.1.0",
        "已发布的版次被改动过", "An issued edition is not as it was issued";
    /// A record of issued editions that is not as it was written, or an edition that is gone.
    BROKEN_LOCK = "QD3009", "broken-lock", Error, fixed, "0.1.0",
        "已发布的版次不见了，或它的记录被改动过", "An issued edition is gone, or its record was changed";
    /// A guess of the import that nobody has looked at.
    UNREVIEWED_GUESS = "QD3047", "unreviewed-guess", Warning, adjustable, "0.1.0",
        "猜的内容还没有人核对", "What was guessed and nobody has checked";
    /// Digits that may be a number of a person.
    DOUBTFUL_NUMBER = "QD3091", "doubtful-number", Warning, adjustable, "0.1.0",
        "可能是个人的证件号、手机号或银行卡号", "Digits that may be the number of a person";
    /// A duty mobile that stands nowhere.
    IDLE_DUTY_MOBILE = "QD3092", "idle-duty-mobile", Warning, adjustable, "0.1.0",
        "登记的值班手机没有用到", "A duty mobile that is not used";
    /// What tells of a person without being a number.
    PERSONAL_DETAIL = "QD3093", "personal-detail", Warning, adjustable, "0.2.0",
        "可能写到了某个人的情况", "Words that may tell of a person";
    /// A picture or an office file that tells who made it, and where.
    TELLING_FILE = "QD3094", "telling-file", Warning, adjustable, "0.2.0",
        "图片或办公文件里带着拍摄地点、设备或作者", "A picture or an office file that tells where, with what or by whom it was made";
    /// A review of a personal detail that is not there.
    IDLE_DETAIL_REVIEW = "QD3095", "idle-detail-review", Warning, adjustable, "0.2.0",
        "登记了核对，提醒的内容已经不在", "A review of what is not there any more";
    /// A form that somebody filled in.
    FILLED_FORM = "QD3096", "filled-form", Error, fixed, "0.2.0",
        "表格里填了内容", "A form that is filled in";
}
