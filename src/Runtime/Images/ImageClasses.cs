namespace Dsl.Runtime;

/// <summary>The classes that images can be of.</summary>
public static class ImageClasses
{
    /// <summary>The number of a class.</summary>
    /// <param name="value">The class.</param>
    /// <param name="classes">All of them, in order.</param>
    /// <param name="path">The image, for the message.</param>
    /// <exception cref="DataMismatchException">It is none of them.</exception>
    public static int IndexOf<T>(T value, T[] classes, string path)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(classes);
        for (int i = 0; i < classes.Length; i++)
            if (classes[i].Equals(value)) return i;
        throw new DataMismatchException($"{path}: '{value}' is none of the classes {string.Join(", ", classes)}.");
    }
}
