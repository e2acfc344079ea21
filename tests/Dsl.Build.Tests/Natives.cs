using System.Reflection;

namespace Dsl.Build.Tests;

/// <summary>The native libraries of the packages that this project restores.</summary>
internal static class Natives
{
    public const string FileName = "libLibTorchSharp.so";

    public static string LibTorchFolder => Folder("LibTorch");

    public static string TorchSharp => Path.Combine(Folder("TorchSharp"), FileName);

    private static string Folder(string key) => typeof(Natives).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == key).Value!;
}
