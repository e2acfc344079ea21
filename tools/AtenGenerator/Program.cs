using AtenGenerator;

// AtenGenerator [--check] [repository root]: writes src/Torch/Aten.Generated.cs, or tells whether it is current.
var check = args.Contains("--check");
var root = Path.GetFullPath(args.FirstOrDefault(argument => !argument.StartsWith('-')) ?? Directory.GetCurrentDirectory());
var shim = Environment.GetEnvironmentVariable("DSL_TORCH_LIBRARY") ?? Path.Combine(root, "artifacts/native/libdsl_torch.so");
if (!File.Exists(shim))
{
    Console.Error.WriteLine($"{shim} does not exist. Run ./dsl build first, or start this in the repository's root.");
    return 2;
}

var freshness = new GeneratedFile(root, new Shim(shim));
if (!check)
{
    Console.WriteLine(freshness.Write());
    return 0;
}

var stale = freshness.Staleness();
Console.WriteLine(stale ?? "Aten.Generated.cs is current.");
return stale is null ? 0 : 1;
