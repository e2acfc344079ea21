using System.Runtime.InteropServices;

namespace AtenGenerator;

/// <summary>
/// The few functions of the shim that the tool needs. It does not go through Dsl.Torch: that assembly contains the file that
/// the tool writes, and must not need it to be right.
/// </summary>
public sealed unsafe class Shim(string path)
{
    private readonly nint library = NativeLibrary.Load(path);

    /// <summary>The version of libtorch that the shim was built for.</summary>
    public string Version => Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)Function("dsl_torch_version"))()) ?? "";

    /// <summary>Every operator of libtorch's aten namespace, by name and overload.</summary>
    public IReadOnlyDictionary<string, Schema> ReadSchemas()
    {
        byte* text;
        if (((delegate* unmanaged<byte**, int>)Function("dsl_operator_list"))(&text) != 0)
        {
            var error = ((delegate* unmanaged<byte*>)Function("dsl_last_error"))();
            throw new InvalidOperationException(Marshal.PtrToStringUTF8((nint)error));
        }

        var lines = Marshal.PtrToStringUTF8((nint)text)!.Split('\n');
        ((delegate* unmanaged<void*, void>)Function("dsl_free"))(text);
        return lines.Where(line => line.StartsWith("aten::", StringComparison.Ordinal))
            .Select(SchemaParser.Parse)
            .GroupBy(schema => schema.Key)
            .ToDictionary(group => group.Key, group => group.First());
    }

    private nint Function(string name) => NativeLibrary.GetExport(library, name);
}
