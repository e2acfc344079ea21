namespace Dsl.Runtime;

/// <summary>What becomes of images that have not the declared size.</summary>
public enum ImageScaling
{
    /// <summary>They are errors.</summary>
    None,

    /// <summary>Height and width become the declared ones each for itself.</summary>
    Stretch,

    /// <summary>They are scaled until they cover the declared size, and the middle is cut out.</summary>
    Crop,

    /// <summary>They are scaled until they fit into the declared size, and stand in the middle of the background.</summary>
    Pad,
}
